const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'];
const atMostEvery = 10_000;

// Tells the circuit that somebody is there, at most every ten seconds.
export function watch(guard) {
  let last = 0;
  const tell = () => {
    if (Date.now() - last < atMostEvery) return;
    last = Date.now();
    guard.invokeMethodAsync('OnActivityAsync').catch(() => {}); // The circuit may be gone; the page says so elsewhere.
  };
  for (const sign of signs) addEventListener(sign, tell, { passive: true });
  return { stop: () => { for (const sign of signs) removeEventListener(sign, tell); } };
}

// A circuit cannot set a cookie: the browser fetches it with what the circuit has sealed.
export async function keep(url, seal) {
  const response = await fetch(url, { method: 'POST', body: seal, headers: { 'Content-Type': 'text/plain' } });
  return response.ok;
}
