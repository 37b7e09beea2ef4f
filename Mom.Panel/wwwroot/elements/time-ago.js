const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });
const units = [['day', 86400, 3600], ['hour', 3600, 60], ['minute', 60, 1]];

// The past is rounded down, the future to the nearest unit: a job set for 7 days is "in 7 days", not "in 6 days".
function ago(time) {
  const seconds = Math.round((time - Date.now()) / 1000);
  for (const [unit, size, smaller] of units) {
    if (seconds <= -size) return words.format(Math.trunc(seconds / size), unit);
    if (seconds > size - smaller / 2) return words.format(Math.round(seconds / size), unit);
  }
  // Clocks differ by some seconds: what is only just ahead has happened.
  return seconds > 10 ? 'in a moment' : 'just now';
}

// <time-ago datetime="…">: only the browser knows its time zone, and it can keep the words fresh without the server.
customElements.define('time-ago', class extends HTMLElement {
  static observedAttributes = ['datetime'];

  connectedCallback() {
    this.timer = setInterval(() => this.show(), 20_000);
    this.show();
  }

  disconnectedCallback() { clearInterval(this.timer); }

  attributeChangedCallback() { this.show(); }

  show() {
    const time = new Date(this.getAttribute('datetime'));
    if (isNaN(time)) return;
    this.textContent = ago(time);
    this.title = time.toLocaleString();
  }
});
