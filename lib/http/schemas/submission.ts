import * as z from 'zod';
import { boundSeconds } from '../../core/period.ts';
import type { Tache } from '../../core/tache.ts';
import { UploadedFile } from '../body.ts';
import { singleTache, wireTache } from './tache.ts';

const LONGEST_FILE_NAME = 255;

/** A bound of the period; old clients send `""` or `null` for none. */
const bound = z
  .string()
  .trim()
  .refine((text) => text === '' || boundSeconds(text) !== undefined, { error: "Date et heure attendues sous la forme AAAA-MM-JJTHH:MM, à l'heure de l'opérateur." })
  .transform((text) => text || undefined)
  .nullish()
  .transform((text) => text ?? undefined);

/** The bounds of a period in a request. */
export const periodBounds = { dateDebut: bound, dateFin: bound };

/** Of two bounds the first comes first. One that cannot be read is told of already. */
export const inOrder = [
  ({ dateDebut, dateFin }: { readonly dateDebut?: string | undefined; readonly dateFin?: string | undefined }) => {
    const [start, end] = [dateDebut, dateFin].map((bound) => (bound === undefined ? undefined : boundSeconds(bound)));
    return start === undefined || end === undefined || start <= end;
  },
  { error: 'La fin de la période précède son début.', path: ['dateFin'] },
] as const;

export const fileName = z
  .string()
  .trim()
  .min(1)
  .refine((name) => [...name].length <= LONGEST_FILE_NAME, { error: `Nom de fichier trop long : ${LONGEST_FILE_NAME} caractères au plus.` })
  .refine((name) => !/\p{Cc}/u.test(name), { error: 'Nom de fichier invalide : il contient des caractères de contrôle.' });

/** The body of `POST /reconciliation/`, whatever form it came in. A file part gives its own name where `fileName` is missing. */
export const statementSubmission = z
  .preprocess(
    withFileName,
    z.object({
      operateur: z.string().trim().min(1),
      fichier: z.union([z.instanceof(UploadedFile), z.string().min(1), z.array(z.unknown()), z.record(z.string(), z.unknown())], {
        error: 'Le relevé est attendu ici : un tableau de lignes, {"feuille": [lignes]}, le texte JSON de l\'un des deux, ou un fichier joint.',
      }),
      ...periodBounds,
      fileName,
    }),
  )
  .refine(inOrder[0], { ...inOrder[1], path: [...inOrder[1].path] })
  .transform(({ operateur, fichier, dateDebut, dateFin, fileName: name }) => ({
    operatorCode: operateur,
    ...contentOf(fichier),
    fileName: name,
    bounds: { ...(dateDebut !== undefined && { start: dateDebut }), ...(dateFin !== undefined && { end: dateFin }) },
  }));

function withFileName(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('fichier' in body && body.fichier instanceof UploadedFile)) return body;
  const given = 'fileName' in body ? body.fileName : undefined;
  return isLeftAlone(given) ? { ...body, fileName: body.fichier.fileName } : body;
}

/** Forms send a field that was left alone as an empty text. */
function isLeftAlone(field: unknown): boolean {
  return field === undefined || field === null || (typeof field === 'string' && field.trim() === '');
}

/** The statement as the bytes that are kept. */
function contentOf(fichier: UploadedFile | string | readonly unknown[] | Readonly<Record<string, unknown>>): { content: Uint8Array; contentType: string } {
  if (fichier instanceof UploadedFile) return { content: fichier.bytes, contentType: 'application/octet-stream' };
  return { content: Buffer.from(typeof fichier === 'string' ? fichier : JSON.stringify(fichier)), contentType: 'application/json' };
}

/** The seed's words for a statement that was taken. */
const ACCEPTED = 'La demande de traitement a été enregistrée avec succès. Nous vous notifierons le résultat à la fin du traitement.';

export const acknowledgement = z.object({ resultat: z.string(), details: singleTache });

export function wireAcknowledgement(tache: Tache): z.infer<typeof acknowledgement> {
  return { resultat: ACCEPTED, details: wireTache(tache) };
}
