const MINUTE = 60_000;

// How long an answer is as good as new.
export const STALE = { minute: MINUTE, minutes5: 5 * MINUTE, day: 24 * 60 * MINUTE } as const;
// How long it is kept after nobody shows it any more.
export const KEPT = 30 * MINUTE;
