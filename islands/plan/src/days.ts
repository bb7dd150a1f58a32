// Wall minutes as days: the plan has no time zone, so neither has this.

export const DAY = 1440;

const JA = "日月火水木金土";
const EN = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export interface Parts {
  year: number;
  month: number;
  day: number;
  weekday: number;
}

/** Year, month (1 to 12), day and weekday (0 is Sunday) of a day number. */
export function parts(dayNumber: number): Parts {
  const date = new Date(dayNumber * 86400000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), weekday: date.getUTCDay() };
}

/** The day number of a date. */
export function dayNumber(year: number, month: number, day: number): number {
  return Math.round(Date.UTC(year, month - 1, day) / 86400000);
}

/** The day on which something begins. */
export function startDay(minute: number): number {
  return Math.floor(minute / DAY);
}

/** The day on which something ends: midnight belongs to the day that ends. */
export function finishDay(minute: number): number {
  return Math.floor((minute % DAY === 0 ? minute - 1 : minute) / DAY);
}

/** A day as lists write it: `7/10(金)`, `Fri 10 Jul`; the year only when it is another one. */
export function dayWords(day: number, language: string, thisYear: number): string {
  const { year, month, day: date, weekday } = parts(day);
  if (language === "ja") return `${year === thisYear ? "" : `${year}/`}${month}/${date}(${JA[weekday]})`;
  return `${EN[weekday]} ${date} ${MONTHS[month - 1]}${year === thisYear ? "" : ` ${year}`}`;
}

/** A day as it can be typed again. */
export function dayEntry(day: number): string {
  const { year, month, day: date } = parts(day);
  return `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

/** A month as the axis writes it. */
export function monthWords(year: number, month: number, language: string, withYear: boolean): string {
  if (language === "ja") return withYear ? `${year}年${month}月` : `${month}月`;
  return withYear ? `${MONTHS[month - 1]} ${year}` : MONTHS[month - 1];
}
