import { invalidParameter } from './cognito-error.ts';

export const LARGEST_PAGE = 60;

/** A page of documents by id, and the token of the page behind it. */
export interface DocumentPage<Document> {
  readonly documents: readonly Document[];
  readonly next: string | undefined;
}

export function pageOf<Document>(found: readonly (readonly [string, Document])[], limit: number): DocumentPage<Document> {
  const page = found.slice(0, limit);
  const last = page.at(-1)?.[0];
  return { documents: page.map(([, document]) => document), next: found.length > page.length && last !== undefined ? Buffer.from(last).toString('base64url') : undefined };
}

/** The id that a token stands for; nothing comes before the first page. */
export function afterToken(token: string | undefined): string {
  if (token === undefined) return '';
  const id = Buffer.from(token, 'base64url').toString();
  if (Buffer.from(id).toString('base64url') !== token) throw invalidParameter('Invalid pagination token.');
  return id;
}
