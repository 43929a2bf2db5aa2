const GROUP = /\B(?=(\d{3})+(?!\d))/gu;

/** An amount as people write it in French: `-1 234 567,50`. @param text with a decimal point @param blank between thousands */
export function frenchNumber(text: string, blank = '\u00a0'): string {
  const [whole = '', decimals] = text.split('.');
  const grouped = whole.replace(GROUP, blank);
  return decimals === undefined ? grouped : `${grouped},${decimals}`;
}
