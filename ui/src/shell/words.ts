// Figures, times and lists as people read them. One place, so that every screen says them alike.

const COUNT = new Intl.NumberFormat("en");

/** 10000 → "10,000". */
export function count(value: number): string {
  return COUNT.format(value);
}

/** "1 token", "1,000 tokens". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** RFC 3339 → "12:04" in the person's own time zone. */
export function clock(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.valueOf()) ? at : `${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "14:52 today", "yesterday", "Sun", "12 Nov", "12 Nov 2024". */
export function day(at: string, now: Date = new Date()): string {
  const date = new Date(at);
  if (Number.isNaN(date.valueOf())) return at;
  const days = Math.round((midnight(now) - midnight(date)) / 86_400_000);
  if (days === 0) return `${clock(at)} today`;
  if (days === 1) return "yesterday";
  if (days > 1 && days < 7) return DAYS[date.getDay()] ?? at;
  const year = date.getFullYear() === now.getFullYear() ? "" : ` ${date.getFullYear()}`;
  return `${date.getDate()} ${MONTHS[date.getMonth()]}${year}`;
}

function midnight(of: Date): number {
  return new Date(of.getFullYear(), of.getMonth(), of.getDate()).valueOf();
}

/** Seconds as "12 s", "2 min", "1 h 5 min". */
export function lasting(seconds: number): string {
  if (seconds < 60) return `${Math.max(0, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Ten-thousandths as a share: 640 → "6.4 %". */
export function percent(tenThousandths: number): string {
  return `${(tenThousandths / 100).toFixed(1)} %`;
}

/** Bytes as "38 MB". */
export function bytes(value: number | bigint | string): string {
  const amount = Number(value);
  for (const [size, unit] of [[1e9, "GB"], [1e6, "MB"], [1e3, "kB"]] as const) {
    if (amount >= size) return `${(amount / size).toFixed(amount / size < 10 ? 1 : 0)} ${unit}`;
  }
  return `${amount} bytes`;
}

/** The last part of a path. */
export function fileName(path: string): string {
  return path.replace(/[\\/]+$/, "").split(/[\\/]/).pop() ?? path;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
