const overlay = document.getElementById('components-reconnect-modal');
const pause = 3000;

async function tryAgain() {
  try {
    // True: back in the same circuit. False: the server has forgotten it, and only a new one will do.
    if (!await Blazor.reconnect()) location.reload();
  } catch {
    setTimeout(tryAgain, pause);
  }
}

// A reload while the server is unavailable would show the browser's own error page, and stay there.
async function reloadWhenBack() {
  try {
    if ((await fetch('/alive', { cache: 'no-store' })).ok) return location.reload();
  } catch { /* still unavailable */ }
  setTimeout(reloadWhenBack, pause);
}

overlay.addEventListener('components-reconnect-state-changed', event => {
  if (event.detail.state === 'failed') tryAgain();
  else if (event.detail.state === 'rejected') reloadWhenBack();
});
