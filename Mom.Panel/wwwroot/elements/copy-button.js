const copy = '<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M5 15H4V4h11v1"/>';
const done = '<path d="m5 12.5 4.5 4.5L19 7.5"/>';

async function write(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Over plain http from another machine there is no clipboard API.
  const area = Object.assign(document.createElement('textarea'), { value: text });
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

// <copy-button value="…" label="Copy the trace id">
customElements.define('copy-button', class extends HTMLElement {
  connectedCallback() {
    this.innerHTML = '<button type="button" class="icon-button small"></button>';
    this.show(copy, this.getAttribute('label'));
    this.firstChild.addEventListener('click', async () => {
      await write(this.getAttribute('value'));
      this.show(done, 'Copied');
      setTimeout(() => this.show(copy, this.getAttribute('label')), 1500);
    });
  }

  show(path, label) {
    const button = this.firstChild;
    if (!button) return;
    button.ariaLabel = button.title = label;
    button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true">${path}</svg>`;
  }
});
