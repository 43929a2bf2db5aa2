/** The months as English and French write them, without accents: in full, and in the short forms that programs use. */
const NAMES: readonly (readonly string[])[] = [
  ['january', 'janvier', 'jan', 'janv'],
  ['february', 'fevrier', 'feb', 'fev', 'fevr'],
  ['march', 'mars', 'mar'],
  ['april', 'avril', 'apr', 'avr'],
  ['may', 'mai'],
  ['june', 'juin', 'jun'],
  ['july', 'juillet', 'jul', 'juil'],
  ['august', 'aout', 'aug', 'aou'],
  ['september', 'septembre', 'sep', 'sept'],
  ['october', 'octobre', 'oct'],
  ['november', 'novembre', 'nov'],
  ['december', 'decembre', 'dec'],
];

const MONTHS: ReadonlyMap<string, number> = new Map(NAMES.flatMap((names, index) => names.map((name) => [name, index + 1] as const)));

/** The number of a month (1–12) by its English or French name, in any case, with or without accents. */
export function monthNamed(name: string): number | undefined {
  const lower = name.toLowerCase();
  return MONTHS.get(lower) ?? MONTHS.get(lower.normalize('NFD').replace(/\p{M}/gu, ''));
}
