// Loaded before the first paint: the page never flashes in the wrong colours.
{
  const key = 'mom-theme';
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');

  const stored = () => {
    try { return localStorage.getItem(key); } catch { return null; } // Storage can be forbidden.
  };

  const apply = () => {
    root.dataset.theme = stored() ?? (system.matches ? 'dark' : 'light');
    document.dispatchEvent(new Event('mom-theme'));
  };

  window.momTheme = {
    get isDark() { return root.dataset.theme === 'dark'; },
    toggle() {
      const next = this.isDark ? 'light' : 'dark';
      try {
        // Back on the system's own choice, the panel follows the system again.
        if (next === (system.matches ? 'dark' : 'light')) localStorage.removeItem(key);
        else localStorage.setItem(key, next);
        apply();
      } catch {
        root.dataset.theme = next;
        document.dispatchEvent(new Event('mom-theme'));
      }
    },
  };

  system.addEventListener('change', apply);
  addEventListener('storage', event => { if (event.key === key) apply(); });
  apply();
}
