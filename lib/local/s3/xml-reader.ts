import { malformedXml } from './s3-error.ts';

/** An element of a request body: its own text, and its children in order. */
export interface XmlNode {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlNode[];
}

interface OpenNode {
  readonly name: string;
  readonly children: XmlNode[];
  text: string;
}

const TOKEN = /<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;

const DEEPEST = 10;

/**
 * The root element of a small document. Attributes are dropped, a namespace prefix too.
 * @throws S3Error MalformedXML, also for a document type declaration
 */
export function readXml(source: string): XmlNode {
  const root: OpenNode = { name: '', children: [], text: '' };
  const open: OpenNode[] = [root];
  const tokens = new RegExp(TOKEN);
  while (tokens.lastIndex < source.length) {
    const token = tokens.exec(source);
    const parent = open.at(-1);
    if (token === null || parent === undefined) throw malformedXml();
    const [, literal, closing, opening, , selfClosing, text] = token;
    if (literal !== undefined) parent.text += literal;
    if (text !== undefined) parent.text += unescaped(text);
    if (opening !== undefined) {
      const node: OpenNode = { name: localName(opening), children: [], text: '' };
      parent.children.push(node);
      if (selfClosing === '') open.push(node);
      if (open.length > DEEPEST) throw malformedXml();
    }
    if (closing !== undefined && (open.length === 1 || open.pop()?.name !== localName(closing))) throw malformedXml();
  }
  const [first, ...others] = root.children;
  if (first === undefined || others.length > 0 || open.length !== 1 || root.text.trim() !== '') throw malformedXml();
  return first;
}

/** The text of the only child of that name; `undefined` where there is none. */
export function childText(node: XmlNode, name: string): string | undefined {
  return node.children.find((child) => child.name === name)?.text;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));|&/g, (_whole, hex: string | undefined, decimal: string | undefined, named: string | undefined) => {
    const character = named === undefined ? characterOf(hex, decimal) : NAMED[named];
    if (character === undefined) throw malformedXml();
    return character;
  });
}

function characterOf(hex: string | undefined, decimal: string | undefined): string | undefined {
  const code = hex === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hex, 16);
  return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
