import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import * as z from 'zod';
import { UsageError } from '../command-line.ts';

/** What every command takes. */
export const EVERYWHERE = { api: { type: 'string' }, json: { type: 'boolean' } } as const;

/**
 * The options of a call and its other words.
 * @throws UsageError in French
 */
export function readWords<const Options extends ParseArgsOptionsConfig>(words: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(frenchOf(error));
  }
}

const parseError = z.object({ code: z.string(), message: z.string() });

function frenchOf(error: unknown): string {
  const { data } = parseError.safeParse(error);
  const option = /'(-[^' ]+)/u.exec(data?.message ?? '')?.[1] ?? '';
  switch (data?.code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return `Option inconnue : ${option}.`;
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return data.message.includes('does not take') ? `${option} ne prend pas de valeur.` : `${option} attend une valeur.`;
    default:
      return 'Options illisibles.';
  }
}

/** The one word that a command is about. @throws UsageError where there is none, or more */
export function onlyWord(what: string, words: readonly string[]): string {
  const [word, ...others] = words;
  if (word === undefined || word === '') throw new UsageError(`${what} est attendu.`);
  if (others.length > 0) throw new UsageError(`Un seul argument est attendu : ${what}. En trop : ${others.join(' ')}.`);
  return word;
}

/** The number of a tache as the one word of a call. @throws UsageError */
export function tacheNumber(words: readonly string[]): number {
  const word = onlyWord('le numéro de la tâche', words);
  if (!/^\d{1,15}$/u.test(word)) throw new UsageError(`${word} n'est pas un numéro de tâche.`);
  return Number(word);
}

/** A command that takes no word but its options. @throws UsageError */
export function noWord(words: readonly string[]): void {
  if (words.length > 0) throw new UsageError(`Argument inattendu : ${words.join(' ')}.`);
}

/** A count of rows. @throws UsageError */
export function rowCount(option: string, value: string | undefined, usual: number): number {
  if (value === undefined) return usual;
  if (!/^[1-9]\d{0,5}$/u.test(value)) throw new UsageError(`${option} est un nombre de lignes, à partir de 1.`);
  return Number(value);
}
