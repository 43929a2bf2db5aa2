import { MomentPattern } from './moment-pattern.ts';

/** Reads the texts of one column, by the first of its patterns that fits. */
export interface MomentTexts {
  /**
   * Seconds since 1970, or of the day where the patterns are of times: UTC where `zoned` says so afterwards, else as a wall clock shows them.
   * @param number the row's, or -1 for a text that is only looked at
   */
  read(text: string, number: number): number | undefined;
  /** Whether the text read last named its offset from UTC. */
  readonly zoned: boolean;
  /** Rows whose text two patterns read differently, in a column that shows that both are in use; in no order. */
  doubtfulRows(): readonly number[];
}

/**
 * @param patterns at least one, best first
 * @param trailingText whether other text may stand after each
 */
export function momentTexts(patterns: readonly string[], trailingText = false): MomentTexts {
  const [first, ...others] = patterns.map((pattern) => new MomentPattern(pattern, trailingText));
  if (first === undefined) throw new RangeError('a moment without pattern');
  if (others.length > 0) return new ManyPatterns([first, ...others]);
  return { read: (text) => first.read(text), zoned: first.zoned, doubtfulRows: () => [] };
}

class ManyPatterns implements MomentTexts {
  zoned = false;
  readonly #patterns: readonly MomentPattern[];
  /** Patterns that read a text which no other pattern reads differently. */
  readonly #proven = new Set<MomentPattern>();
  /** Rows that several patterns read differently, by the pattern that was taken and the one that was not. */
  readonly #unsure = new Map<MomentPattern, Map<MomentPattern, number[]>>();

  constructor(patterns: readonly MomentPattern[]) {
    this.#patterns = patterns;
  }

  read(text: string, number: number): number | undefined {
    for (const pattern of this.#patterns) {
      const seconds = pattern.read(text);
      if (seconds === undefined) continue;
      this.zoned = pattern.zoned;
      if (number >= 0) this.#compare(pattern, text, seconds, number);
      return seconds;
    }
    return undefined;
  }

  #compare(taken: MomentPattern, text: string, seconds: number, number: number): void {
    let sure = true;
    for (const other of this.#patterns) {
      const otherwise = other === taken ? seconds : other.read(text);
      if (otherwise === undefined || otherwise === seconds) continue;
      sure = false;
      const byOther = this.#unsure.get(taken) ?? new Map<MomentPattern, number[]>();
      const rows = byOther.get(other) ?? [];
      rows.push(number);
      this.#unsure.set(taken, byOther.set(other, rows));
    }
    if (sure) this.#proven.add(taken);
  }

  doubtfulRows(): readonly number[] {
    const rows = new Set<number>();
    for (const byOther of this.#unsure.values()) {
      for (const [other, numbers] of byOther) if (this.#proven.has(other)) for (const number of numbers) rows.add(number);
    }
    return [...rows];
  }
}
