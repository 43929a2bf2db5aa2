import * as z from 'zod';
import { keyOfWritten } from '../adapters/s3/written-key.ts';
import { EXPORT_FORMATS } from '../core/export-format.ts';
import { CHANNELS, type DeliveryKey, type Notice } from '../core/notice.ts';
import type { ArrivedObject, StatementObject } from '../core/tache.ts';
import type { ExportOrder } from '../ports.ts';

/** A statement to match. */
export const matchingMessage = z.object({ tacheId: z.int().positive() });

/** An export to make. */
export const exportMessage: z.ZodType<ExportOrder> = z.object({ tacheId: z.int().positive(), format: z.enum(EXPORT_FORMATS) });

/** What happened to a tache, or one notice of it to one person. */
export const noticeMessage: z.ZodType<DeliveryKey | Notice> = z.union([
  z.object({ tacheId: z.int().positive(), event: z.string().min(1), channel: z.enum(CHANNELS), username: z.string().min(1) }),
  z.object({ tacheId: z.int().positive(), event: z.string().min(1) }),
]);

/** An operator whose open items are to be tried again. */
export const retryMessage = z.object({ operatorCode: z.string().min(1) });

/** A ledger file to import. */
export const ledgerMessage: z.ZodType<StatementObject> = z.object({ key: z.string().min(1), versionId: z.string().optional() });

const writtenKey = z.string().transform((written, context) => {
  try {
    return keyOfWritten(written);
  } catch {
    context.addIssue({ code: 'custom', message: 'not a key as S3 writes it' });
    return z.NEVER;
  }
});

const objectCreated = z.object({
  s3: z.object({ object: z.object({ key: writtenKey, versionId: z.string().optional(), size: z.number().nonnegative().optional() }) }),
});

/** What S3 tells of new objects. The event that S3 sends when a notification is set up names none. */
export const dropMessage = z
  .union([z.object({ Records: z.array(objectCreated) }), z.object({ Event: z.literal('s3:TestEvent') })])
  .transform((event): readonly ArrivedObject[] =>
    'Records' in event
      ? event.Records.map(({ s3: { object } }) => ({ key: object.key, versionId: object.versionId, ...(object.size !== undefined && { bytes: object.size }) }))
      : [],
  );
