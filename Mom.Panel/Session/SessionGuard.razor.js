const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'];
const atMostEvery = 10_000;

// Tells the circuit that somebody is there, at most every ten seconds. Who works in one tab is there for all others.
export function watch(guard) {
  const tabs = new BroadcastChannel('mom-activity');
  let last = 0;
  const tell = () => {
    if (Date.now() - last < atMostEvery) return false;
    last = Date.now();
    guard.invokeMethodAsync('OnActivityAsync').catch(() => {}); // The circuit may be gone; the page says so elsewhere.
    return true;
  };
  const onSign = () => { if (tell()) tabs.postMessage(null); };
  tabs.onmessage = tell;
  for (const sign of signs) addEventListener(sign, onSign, { passive: true });
  return {
    stop: () => {
      tabs.close();
      for (const sign of signs) removeEventListener(sign, onSign);
    },
  };
}

// A circuit cannot set a cookie: the browser fetches it with what the circuit has sealed.
export async function keep(url, seal) {
  const response = await fetch(url, { method: 'POST', body: seal, headers: { 'Content-Type': 'text/plain' } });
  return response.ok;
}
