import * as z from 'zod';
import { LARGEST_UPLOAD_BYTES, UPLOAD_SECONDS } from '../../core/upload.ts';
import type { UploadForm } from '../../ports.ts';
import { fileName, inOrder, periodBounds } from './submission.ts';

/** The body of `POST /reconciliation/uploads/`: what `POST /reconciliation/` asks for, without the file. */
export const uploadBody = z
  .object({
    operateur: z.string().trim().min(1),
    fileName,
    ...periodBounds,
    contentType: z
      .string()
      .regex(/^[\w.+-]{1,60}\/[\w.+-]{1,120}$/u)
      .default('application/octet-stream'),
  })
  .refine(inOrder[0], { ...inOrder[1], path: [...inOrder[1].path] })
  .transform(({ operateur, dateDebut, dateFin, fileName: name, contentType }) => ({
    operatorCode: operateur,
    fileName: name,
    bounds: { ...(dateDebut !== undefined && { start: dateDebut }), ...(dateFin !== undefined && { end: dateFin }) },
    contentType,
  }));

/** A form to send as multipart/form-data to `url`: the `fields` first, the file last in the part `file`. */
export const uploadAnswer = z.object({
  url: z.url(),
  fields: z.record(z.string(), z.string()),
  key: z.string(),
  /** Seconds. */
  expires_in: z.int(),
  /** Bytes. */
  tailleMax: z.int(),
});

export function wireUpload({ url, fields, key }: UploadForm & { readonly key: string }): z.infer<typeof uploadAnswer> {
  return { url, fields: { ...fields }, key, expires_in: UPLOAD_SECONDS, tailleMax: LARGEST_UPLOAD_BYTES };
}
