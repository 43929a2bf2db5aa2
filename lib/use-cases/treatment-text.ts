import type { Treatment } from '../core/manual-work.ts';

/** What people have done with a row, in one text. */
export function treatmentText({ link, setAside, comments }: Treatment): string {
  return [
    ...(link === undefined ? [] : [`Liée à ${link.transId} par ${link.by} : ${link.text}`]),
    ...(setAside === undefined ? [] : [`Mise de côté par ${setAside.by} : ${setAside.text}`]),
    ...comments.map(({ by, text }) => `${by} : ${text}`),
  ].join(' ; ');
}
