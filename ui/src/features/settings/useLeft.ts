// Seconds left of an answer that was true when it came.
import { useEffect, useState } from "react";

/** Counts down from `seconds`, asked at `asked` (milliseconds of the clock); null stays null. */
export function useLeft(seconds: number | null, asked: number): number | null {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (seconds === null) return undefined;
    setNow(Date.now());
    const timer = window.setInterval(() => setNow(Date.now()), 5_000);
    return () => window.clearInterval(timer);
  }, [seconds, asked]);
  return seconds === null ? null : Math.max(0, seconds - Math.max(0, now - asked) / 1000);
}
