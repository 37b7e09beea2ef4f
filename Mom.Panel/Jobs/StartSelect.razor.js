// What a field of the type datetime-local holds has no zone: it is of the browser's.
export function moment(text) {
  const time = new Date(text);
  return isNaN(time) ? null : time.toISOString();
}
