function words(seconds) {
  if (seconds < 60) return `${Math.max(0, Math.floor(seconds))} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds / 60 % 60)} min`;
}

// <elapsed-time from="…">: how long something has lasted that has not ended.
customElements.define('elapsed-time', class extends HTMLElement {
  static observedAttributes = ['from'];

  connectedCallback() {
    this.timer = setInterval(() => this.show(), 1000);
    this.show();
  }

  disconnectedCallback() { clearInterval(this.timer); }

  attributeChangedCallback() { this.show(); }

  show() {
    const from = new Date(this.getAttribute('from'));
    if (!isNaN(from)) this.textContent = words((Date.now() - from) / 1000);
  }
});
