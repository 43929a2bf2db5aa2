import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { StatementObject } from '../../core/tache.ts';
import type { HeardObjects } from '../../ports.ts';
import { dynamodb, getAll, toItem } from './table.ts';

/** Longer than anybody looks for what was not heard of. */
const KEPT_SECONDS = 10 * 86_400;

const noted = z.object({ pk: z.string(), sk: z.string() });

/** The objects of the drop folder that a registry table says were heard of. They leave by TTL once nobody looks for them any more. */
export function dynamoHeardObjects(table: string): HeardObjects {
  return {
    async note(object, at) {
      const expiresAt = Math.floor(Date.parse(at) / 1_000) + KEPT_SECONDS;
      await dynamodb.send(new PutItemCommand({ TableName: table, Item: toItem({ ...keyOf(object), expiresAt }) }));
    },

    async missing(objects) {
      const found = await getAll(
        table,
        objects.map((object) => keyOf(object)),
      );
      const heard = new Set(found.map((item) => textOf(noted.parse(item))));
      return objects.filter((object) => !heard.has(textOf(keyOf(object))));
    },
  };
}

function keyOf({ key, versionId }: StatementObject) {
  return { pk: `annonce#${key}`, sk: versionId ?? '-' };
}

function textOf({ pk, sk }: { readonly pk: string; readonly sk: string }): string {
  return JSON.stringify([pk, sk]);
}
