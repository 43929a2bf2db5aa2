/** An object has been stored. */
export interface ObjectCreated {
  readonly bucket: string;
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Without its quotes. */
  readonly eTag: string;
  /** Only in a bucket that keeps versions. */
  readonly versionId?: string;
  readonly eventName: 'ObjectCreated:Put' | 'ObjectCreated:Post' | 'ObjectCreated:CompleteMultipartUpload' | 'ObjectCreated:Copy';
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Hexadecimal; among events of one key the greater one (as text, padded on the right with zeros) came later. */
  readonly sequencer: string;
}

export interface NotificationOrigin {
  readonly region: string;
  /** The `Id` of the notification configuration. */
  readonly configurationId: string;
}

/** The body of the message that S3 sends to a queue, as an object. Keys are URL-encoded with `+` for a blank. */
export function objectCreatedMessage(event: ObjectCreated, { region, configurationId }: NotificationOrigin) {
  return {
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: region,
        eventTime: event.at,
        eventName: event.eventName,
        userIdentity: { principalId: 'AWS:LOCAL' },
        requestParameters: { sourceIPAddress: '127.0.0.1' },
        responseElements: { 'x-amz-request-id': event.sequencer, 'x-amz-id-2': event.sequencer },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId,
          bucket: { name: event.bucket, ownerIdentity: { principalId: 'LOCAL' }, arn: `arn:aws:s3:::${event.bucket}` },
          object: {
            key: encodedKey(event.key),
            size: event.size,
            eTag: event.eTag,
            ...(event.versionId === undefined ? {} : { versionId: event.versionId }),
            sequencer: event.sequencer,
          },
        },
      },
    ],
  };
}

/** What S3 sends once to a queue when notifications are set up: consumers must pass over it. */
export function testEventMessage(bucket: string, at: string) {
  return { Service: 'Amazon S3', Event: 's3:TestEvent', Time: at, Bucket: bucket, RequestId: '0000000000000000', HostId: 'local' };
}

/** As `application/x-www-form-urlencoded`, but `/` and `*` as S3 writes them. */
export function encodedKey(key: string): string {
  return encodeURIComponent(key)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2F', '/')
    .replaceAll('%2A', '*')
    .replaceAll('%20', '+');
}
