/** Either of two blocks takes the hash of columns from one state to the same next one: ten of them make a thousand texts of one hash. */
const BLOCKS = [
  ['EVJHB', 'RBupb'],
  ['FDhNY', 'zmahM'],
  ['gTFF0', 'zu5lc'],
  ['pViH1', 'QplDs'],
  ['UeT_F', 'RnLha'],
  ['yguI0', 'YMIXa'],
  ['U038t', 'QgeKZ'],
  ['ITVDO', 'hD6go'],
  ['U34gu', 'htnOC'],
  ['ITVDO', 'hD6go'],
] as const;

/** Texts that columns' hash cannot tell apart. */
export const COLLIDING: readonly string[] = BLOCKS.reduce<readonly string[]>((texts, blocks) => texts.flatMap((text) => blocks.map((block) => text + block)), ['']);
