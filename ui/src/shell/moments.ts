// Moments with their hour: for tables of what happened. `words.ts` has the shorter forms.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (value: number) => String(value).padStart(2, "0");

/** RFC 3339 → "25 Nov 14:34" in the person's own time zone, with the year where it is another. What is no moment stays as it is. */
export function dateTime(at: string, now: Date = new Date()): string {
  const date = new Date(at);
  if (!/^\d{4}-/.test(at) || Number.isNaN(date.valueOf())) return at;
  const year = date.getFullYear() === now.getFullYear() ? "" : ` ${date.getFullYear()}`;
  return `${date.getDate()} ${MONTHS[date.getMonth()]}${year} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The same to the second: "14:34:51". */
export function clockSeconds(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.valueOf()) ? at : `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
