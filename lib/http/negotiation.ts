import type { HttpRequest } from './request.ts';

/** Whether who calls would rather read HTML than JSON: browsers say so, programs that say nothing get JSON. */
export function wantsHtml({ accept }: Pick<HttpRequest, 'accept'>): boolean {
  const ranges = accept.split(',').map(mediaRange);
  const html = weightOf(ranges, 'text/html');
  const json = weightOf(ranges, 'application/json');
  return html.weight > json.weight || (html.weight > 0 && html.weight === json.weight && html.index < json.index);
}

interface MediaRange {
  readonly type: string;
  readonly weight: number;
}

function mediaRange(text: string): MediaRange {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const weight = quality === undefined ? 1 : Number(quality);
  return { type, weight: weight >= 0 && weight <= 1 ? weight : 0 };
}

/** Only types that are named count: a wildcard takes anything. */
function weightOf(ranges: readonly MediaRange[], type: string): { readonly weight: number; readonly index: number } {
  const index = ranges.findIndex((range) => range.type === type);
  return { weight: ranges[index]?.weight ?? 0, index: index === -1 ? ranges.length : index };
}
