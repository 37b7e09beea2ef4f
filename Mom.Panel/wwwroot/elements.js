import './elements/copy-button.js';
import './elements/theme-toggle.js';
import './elements/time-ago.js';
