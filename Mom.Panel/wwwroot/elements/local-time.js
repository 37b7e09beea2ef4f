const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });
const minute = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const exact = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' });

// <local-time datetime="…" exact>: in the zone of the user, which only the browser knows. Without the day when that is today.
customElements.define('local-time', class extends HTMLElement {
  static observedAttributes = ['datetime'];

  connectedCallback() { this.show(); }

  attributeChangedCallback() { this.show(); }

  show() {
    const time = new Date(this.getAttribute('datetime'));
    if (isNaN(time)) return;
    const clock = (this.hasAttribute('exact') ? exact : minute).format(time);
    this.textContent = time.toDateString() === new Date().toDateString() ? clock : `${day.format(time)}, ${clock}`;
    this.title = time.toLocaleString('en', { dateStyle: 'full', timeStyle: 'long' });
  }
});
