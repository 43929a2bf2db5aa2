/** Up to here making a string from character codes is cheaper than the call into native code. */
const SHORT = 16;
const codesByLength: readonly number[][] = Array.from({ length: SHORT + 1 }, (_, length) => new Array<number>(length).fill(0));

/** The text of bytes that are all ASCII, as a copy of its own. Tables are made of short texts, so this is where their reading spends its time. */
export function asciiText(bytes: Buffer, start: number, end: number): string {
  const codes = codesByLength[end - start];
  if (codes === undefined) return bytes.toString('latin1', start, end);
  for (let index = 0; index < codes.length; index++) codes[index] = bytes[start + index] ?? 0;
  return String.fromCharCode(...codes);
}
