import { ListObjectVersionsCommand, type ListObjectVersionsCommandOutput, S3Client } from '@aws-sdk/client-s3';
import type { DropFolder, DroppedVersion } from '../../ports.ts';
import { SHORT_ANSWERS } from '../time-limits.ts';
import { keyOfWritten } from './written-key.ts';

const s3 = new S3Client({ maxAttempts: 5, requestHandler: SHORT_ANSWERS });

/** The drop folder of a bucket that keeps versions. @param prefix of its keys, with the final `/` */
export function s3DropFolder(bucket: string, prefix: string): DropFolder {
  return {
    async *versions() {
      let next: { readonly KeyMarker?: string | undefined; readonly VersionIdMarker?: string | undefined } | undefined = {};
      while (next !== undefined) {
        // Keys may hold what XML cannot.
        const page: ListObjectVersionsCommandOutput = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, EncodingType: 'url', ...next }));
        yield versionsOf(page);
        const { IsTruncated, NextKeyMarker = '', NextVersionIdMarker } = page;
        next = IsTruncated === true ? { KeyMarker: keyOfWritten(NextKeyMarker), VersionIdMarker: NextVersionIdMarker } : undefined;
      }
    },
  };
}

function versionsOf({ Versions = [] }: ListObjectVersionsCommandOutput): readonly DroppedVersion[] {
  return Versions.flatMap(({ Key, VersionId, LastModified, Size }) =>
    Key === undefined || LastModified === undefined ? [] : [{ key: keyOfWritten(Key), versionId: VersionId, arrivedAt: LastModified.getTime(), bytes: Size }],
  );
}
