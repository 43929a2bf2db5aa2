/** Either of two blocks takes the hash of columns from one state to the same next one; after the first seven these two pairs lead back to where they began. */
const FIRST = [
  ['EVJHB', 'RBupb'],
  ['FDhNY', 'zmahM'],
  ['gTFF0', 'zu5lc'],
  ['pViH1', 'QplDs'],
  ['UeT_F', 'RnLha'],
  ['yguI0', 'YMIXa'],
  ['U038t', 'QgeKZ'],
] as const;
const ROUND = [
  ['ITVDO', 'hD6go'],
  ['U34gu', 'htnOC'],
] as const;

/** Texts that columns' hash cannot tell apart: 512, and four times as many for each round. */
export function collidingTexts(rounds: number): readonly string[] {
  const blocks = [...FIRST, ...Array.from({ length: rounds + 1 }, () => ROUND).flat()];
  return blocks.reduce<readonly string[]>((texts, pair) => texts.flatMap((text) => pair.map((block) => text + block)), ['']);
}

export const COLLIDING = collidingTexts(1);
