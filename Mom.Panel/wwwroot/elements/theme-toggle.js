const sun = '<path d="M12 4V2m0 20v-2m8-8h2M2 12h2m13.7-5.7 1.4-1.4M4.9 19.1l1.4-1.4m0-11.4L4.9 4.9m14.2 14.2-1.4-1.4"/><circle cx="12" cy="12" r="4.2"/>';
const moon = '<path d="M20.5 14.2A8.5 8.5 0 1 1 9.8 3.5a7 7 0 0 0 10.7 10.7Z"/>';

// An element of its own, and not a component: it also works on pages without a circuit.
customElements.define('theme-toggle', class extends HTMLElement {
  connectedCallback() {
    this.innerHTML = '<button type="button" class="icon-button" role="switch" aria-label="Dark mode" title="Dark mode"></button>';
    this.firstChild.addEventListener('click', () => momTheme.toggle());
    this.show = () => {
      this.firstChild.setAttribute('aria-checked', momTheme.isDark);
      this.firstChild.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true">${momTheme.isDark ? sun : moon}</svg>`;
    };
    document.addEventListener('mom-theme', this.show);
    this.show();
  }

  disconnectedCallback() {
    document.removeEventListener('mom-theme', this.show);
  }
});
