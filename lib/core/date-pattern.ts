import { type PatternField, patternParts } from './moment-pattern.ts';

/** What a pattern is for: a date, a time of day, or both. */
export type PatternPurpose = 'date' | 'time' | 'moment';

const KNOWN = 'yyyy, yy, MM, M, MMM, dd, d, HH, H, hh, h, a, mm, ss, SSS et XXX';
const WRITTEN = { year: 'yyyy ou yy', month: 'MM', day: 'dd', minute: 'mm' } as const;
const DATE_FIELDS = ['year', 'month', 'day'] as const;
const LONGEST = 64;

/** Why a pattern cannot read moments exactly, in French; `undefined` where it can. */
export function patternFault(pattern: string, purpose: PatternPurpose): string | undefined {
  if (pattern.length > LONGEST) return `Un motif a au plus ${LONGEST} caractères.`;
  const parts = patternParts(pattern);
  const stranger = parts.find((part) => part.kind === 'unknown');
  if (stranger?.kind === 'unknown') return `« ${stranger.text} » n'est pas reconnu dans le motif : seuls ${KNOWN} le sont ; un autre texte se met entre apostrophes.`;
  const tokens = parts.flatMap((part) => (part.kind === 'field' ? [part] : []));
  const has = (field: PatternField) => tokens.some((token) => token.field === field);
  const repeated = tokens.find(({ field }, index) => tokens.findIndex((other) => other.field === field) !== index);
  if (repeated !== undefined) return `« ${repeated.token} » figure deux fois dans le motif.`;
  const missing: readonly string[] = [
    ...(purpose === 'time' ? [] : DATE_FIELDS.filter((field) => !has(field)).map((field) => WRITTEN[field])),
    ...(purpose === 'date' || has('hour') || has('halfDayHour') ? [] : ['HH']),
    ...(purpose === 'date' || has('minute') ? [] : [WRITTEN.minute]),
  ];
  if (missing.length > 0) return `Il manque au motif : ${missing.join(', ')}.`;
  if (has('hour') && has('halfDayHour')) return "Le motif donne l'heure deux fois.";
  if (has('halfDayHour') !== has('halfDay')) return 'Une heure de 1 à 12 (h, hh) demande « a » (AM ou PM), et « a » une telle heure.';
  const needless = purpose === 'time' ? tokens.find(({ field }) => field === 'year' || field === 'month' || field === 'day') : undefined;
  if (needless !== undefined) return `« ${needless.token} » n'a pas sa place dans le motif d'une heure.`;
  return purpose === 'date' && has('offset') ? "Le décalage (X, XXX) se met dans le motif de l'heure." : undefined;
}

/** Whether a text is a name of the IANA zone database: an offset such as `+01:00` is none. */
export function isTimeZone(name: string): boolean {
  if (!/^(?:UTC|[A-Z][A-Za-z_]+\/[A-Za-z_/+-]+\d*)$/u.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
