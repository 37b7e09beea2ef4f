const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'];
const atMostEvery = 10_000;

// Tells the circuit that the user is active, at most every ten seconds. Activity in one tab counts for all others.
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
  const renewals = new BroadcastChannel('mom-renewal');
  renewals.onmessage = message => { guard.invokeMethodAsync('OnRenewedAsync', message.data).catch(() => {}); };
  for (const sign of signs) addEventListener(sign, onSign, { passive: true });
  return {
    stop: () => {
      tabs.close();
      renewals.close();
      for (const sign of signs) removeEventListener(sign, onSign);
    },
  };
}

// A circuit cannot set a cookie: the browser fetches it with what the circuit has sealed. The other windows take it over.
export async function keep(url, seal) {
  const renewals = new BroadcastChannel('mom-renewal');
  renewals.postMessage(seal);
  renewals.close();
  const response = await fetch(url, { method: 'POST', body: seal, headers: { 'Content-Type': 'text/plain' } });
  return response.ok;
}
