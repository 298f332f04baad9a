/** Three figures or so: more would be noise. A dash for what was not measured. */
export function formatValue(value: number): string {
  if (!value) return '–';
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}
