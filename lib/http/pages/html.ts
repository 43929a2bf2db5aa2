/** A piece of HTML in which every text from outside is escaped. Only `html` makes one. */
export class Html {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

type Part = string | number | Html | readonly Part[] | undefined;

/** Puts values into HTML: texts are escaped, pieces of HTML stay, lists are joined, `undefined` leaves nothing. */
export function html(fixed: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(fixed.map((text, index) => `${text}${sourceOf(parts[index])}`).join(''));
}

function sourceOf(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.source;
  if (typeof part === 'object') return part.map(sourceOf).join('');
  return String(part).replace(/[&<>"'`]/gu, (character) => `&#${character.charCodeAt(0)};`);
}
