import { MomentPattern } from '../core/moment-pattern.ts';
import type { Cell } from '../core/rows.ts';

/** What the cells of a column show of moments. */
export interface MomentGuess {
  readonly purpose: 'moment' | 'date' | 'time';
  /** Best first; of text cells that the first does not read, the others read some. */
  readonly patterns: readonly string[];
  readonly trailingText: boolean;
  /** Share of the cells that are real dates, not text. */
  readonly serialShare: number;
  /** Whether nothing tells day from month: no day after the 12th. */
  readonly undecided: boolean;
  /** Share of the cells that are read. */
  readonly share: number;
}

/** Day before month first: that is how the countries of the product write. */
const DATES = [
  'dd/MM/yyyy',
  'dd-MM-yyyy',
  'yyyy-MM-dd',
  'MM/dd/yyyy',
  'MM-dd-yyyy',
  'yyyy/MM/dd',
  'dd.MM.yyyy',
  'd/M/yyyy',
  'd-M-yyyy',
  'M/d/yyyy',
  'dd/MM/yy',
  'dd-MM-yy',
  'MM/dd/yy',
  'MM-dd-yy',
  'dd MMM yyyy',
  'dd-MMM-yyyy',
  'dd-MMM-yy',
  'd MMM yyyy',
  'MMM d, yyyy',
  'yyyyMMdd',
] as const;
const TIMES = ['HH:mm:ss', 'HH:mm', 'h:mm:ss a', 'h:mm a', 'H:mm:ss', 'H:mm', "HH'h'mm"] as const;
const BETWEEN = [' ', ', ', "'T'", " 'à' "] as const;
const ZONED = ["yyyy-MM-dd'T'HH:mm:ssXXX", 'yyyy-MM-dd HH:mm:ssXXX', 'yyyy-MM-dd HH:mm:ss XXX', "yyyy-MM-dd'T'HH:mmXXX"] as const;

const LEAST_SHARE = 0.9;
const MOST_PATTERNS = 4;
const FIRST_SERIAL = 36_526;
const LAST_SERIAL = 73_050;
const LONGEST_TEXT = 60;

interface Candidate {
  readonly text: string;
  readonly pattern: MomentPattern;
}

const candidates = (patterns: readonly string[], trailingText = false): readonly Candidate[] => patterns.map((text) => ({ text, pattern: new MomentPattern(text, trailingText) }));
const MOMENT_TEXTS = [...ZONED, ...DATES.flatMap((date) => TIMES.flatMap((time) => BETWEEN.map((between) => `${date}${between}${time}`)))];
const MOMENTS = candidates(MOMENT_TEXTS);
const DATE_ONLY = candidates(DATES);
const TIME_ONLY = candidates(TIMES);
const WITH_TEXT = candidates(
  MOMENT_TEXTS.filter((text) => text.includes('ss')),
  true,
);

/** The moments that a column shows; `undefined` where it shows none. Real dates are told from other numbers by the header alone, so that is left to the caller. */
export function guessMoment(sample: readonly Cell[]): MomentGuess | undefined {
  const texts = [...new Set(sample.flatMap((cell) => (typeof cell === 'string' && cell.trim().length <= LONGEST_TEXT ? [cell] : [])))];
  const numbers = sample.filter((cell) => typeof cell === 'number');
  if (sample.length === 0 || (texts.length === 0 && numbers.length === 0)) return undefined;
  const serialShare = numbers.length / sample.length;
  const serialPurpose = purposeOfSerials(numbers);
  if (numbers.length > 0 && serialPurpose === undefined) return undefined;
  if (texts.length === 0) return { purpose: serialPurpose ?? 'moment', patterns: [], trailingText: false, serialShare, undecided: false, share: 1 };
  const found = guessTexts(texts);
  return found && { ...found, serialShare };
}

function guessTexts(texts: readonly string[]): Omit<MomentGuess, 'serialShare'> | undefined {
  for (const [purpose, list, trailingText] of [
    ['moment', MOMENTS, false],
    ['date', DATE_ONLY, false],
    ['time', TIME_ONLY, false],
    ['moment', WITH_TEXT, true],
  ] as const) {
    const { patterns, share } = cover(texts, list);
    if (share < LEAST_SHARE) continue;
    return { purpose, patterns, trailingText, undecided: isUndecided(texts, patterns, list), share };
  }
  return undefined;
}

/** The pattern that reads most texts, then others for what is left. */
function cover(texts: readonly string[], list: readonly Candidate[]): { readonly patterns: readonly string[]; readonly share: number } {
  const patterns: string[] = [];
  let left = texts;
  while (left.length > 0 && patterns.length < MOST_PATTERNS) {
    const [first, ...rest] = list.map((candidate) => ({ candidate, fits: left.reduce((count, text) => count + (candidate.pattern.read(text) === undefined ? 0 : 1), 0) }));
    const best = rest.reduce((one, other) => (other.fits > one.fits ? other : one), first ?? { candidate: undefined, fits: 0 });
    const { candidate } = best;
    if (candidate === undefined || best.fits === 0) break;
    patterns.push(candidate.text);
    left = left.filter((text) => candidate.pattern.read(text) === undefined);
  }
  return { patterns, share: 1 - left.length / texts.length };
}

/** Whether the pattern with day and month exchanged reads every text as well. */
function isUndecided(texts: readonly string[], patterns: readonly string[], list: readonly Candidate[]): boolean {
  const [pattern = ''] = patterns;
  if (!/^(?:dd?.MM?|MM?.dd?).yy/u.test(pattern)) return false;
  const exchanged = pattern.replace(/^(\w+)(.)(\w+)/u, '$3$2$1');
  const other = list.find(({ text }) => text === exchanged);
  const own = list.find(({ text }) => text === pattern);
  return other !== undefined && texts.some((text) => other.pattern.read(text) !== own?.pattern.read(text)) && texts.every((text) => other.pattern.read(text) !== undefined);
}

function purposeOfSerials(numbers: readonly Cell[]): 'moment' | 'date' | 'time' | undefined {
  const all = (fits: (value: number) => boolean) => numbers.every((value) => typeof value === 'number' && fits(value));
  if (all((value) => value >= 0 && value < 1)) return 'time';
  if (!all((value) => value >= FIRST_SERIAL && value <= LAST_SERIAL)) return undefined;
  return all(Number.isInteger) ? 'date' : 'moment';
}
