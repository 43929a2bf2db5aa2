/** What a pattern is for: a date, a time of day, or both. */
export type PatternPurpose = 'date' | 'time' | 'moment';

const TOKEN = /yyyy|yy|MM|dd|HH|mm|ss/gu;
const DATE_TOKENS = ['MM', 'dd'] as const;
const TIME_TOKENS = ['HH', 'mm'] as const;

/** Why a pattern cannot read moments exactly, in French; `undefined` where it can. */
export function patternFault(pattern: string, purpose: PatternPurpose): string | undefined {
  const tokens = pattern.match(TOKEN) ?? [];
  const stranger = /[A-Za-z]+/u.exec(pattern.replace(TOKEN, ' '))?.[0];
  if (stranger !== undefined) return `« ${stranger} » n'est pas reconnu dans le motif : seuls yyyy, yy, MM, dd, HH, mm et ss le sont.`;
  const fields = tokens.map((token) => (token === 'yyyy' ? 'yy' : token));
  const repeated = fields.find((field, index) => fields.indexOf(field) !== index);
  if (repeated !== undefined) return `« ${repeated} » figure deux fois dans le motif.`;
  const wanted = purpose === 'time' ? TIME_TOKENS : purpose === 'date' ? ['yy', ...DATE_TOKENS] : ['yy', ...DATE_TOKENS, ...TIME_TOKENS];
  const missing = wanted.filter((token) => !fields.includes(token));
  if (missing.length > 0) return `Il manque au motif : ${missing.map((token) => (token === 'yy' ? 'yyyy ou yy' : token)).join(', ')}.`;
  const needless = purpose === 'time' ? fields.find((field) => field === 'yy' || field === 'MM' || field === 'dd') : undefined;
  return needless === undefined ? undefined : `« ${needless} » n'a pas sa place dans le motif d'une heure.`;
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
