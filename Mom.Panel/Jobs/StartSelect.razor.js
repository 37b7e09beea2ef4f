// A datetime-local value has no zone: it is in the zone of the browser.
export function moment(text) {
  const time = new Date(text);
  return isNaN(time) ? null : time.toISOString();
}
