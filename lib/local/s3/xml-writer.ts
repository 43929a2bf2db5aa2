/** An element of an answer. `undefined` content leaves the element out. */
export interface XmlElement {
  readonly name: string;
  readonly content: XmlContent;
}

export type XmlContent = string | number | boolean | readonly XmlElement[] | undefined;

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

export function element(name: string, content: XmlContent): XmlElement {
  return { name, content };
}

/** A whole document of S3's namespace. */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root.name} xmlns="${NAMESPACE}">${inner(root.content)}</${root.name}>`;
}

/** An error body: S3 writes these without a namespace. */
export function xmlError(elements: readonly XmlElement[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(element('Error', elements))}`;
}

function written({ name, content }: XmlElement): string {
  return content === undefined ? '' : `<${name}>${inner(content)}</${name}>`;
}

function inner(content: XmlContent): string {
  if (content === undefined) return '';
  return typeof content === 'object' ? content.map(written).join('') : escaped(String(content));
}

/** Control characters go out as references, as S3 does: not XML 1.0, which is why clients ask for `encoding-type=url`. */
function escaped(text: string): string {
  return text.replace(/[&<>"\p{Cc}\ufffe\uffff]/gu, (character) => NAMED[character] ?? `&#x${character.charCodeAt(0).toString(16)};`);
}

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
