import './elements/copy-button.js';
import './elements/elapsed-time.js';
import './elements/local-time.js';
import './elements/theme-toggle.js';
import './elements/time-ago.js';
