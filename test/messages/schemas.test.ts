import { describe, expect, it } from 'vitest';
import { dropMessage, ledgerMessage, matchingMessage } from '../../lib/messages/schemas.ts';

/** A record as S3 sends it of a new object; `key` as S3 writes it. */
function created(key: string, object: Readonly<Record<string, unknown>> = { versionId: 'v1' }) {
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: 'eu-west-3',
    eventTime: '2026-03-08T06:00:00.000Z',
    eventName: 'ObjectCreated:Put',
    s3: { s3SchemaVersion: '1.0', configurationId: 'drops', bucket: { name: 'b', arn: 'arn:aws:s3:::b' }, object: { key, size: 1, eTag: 'e', sequencer: '0055', ...object } },
  };
}

const keysOf = (...keys: readonly string[]) => dropMessage.parse({ Records: keys.map((key) => created(key)) }).map(({ key }) => key);

describe('what S3 tells of new objects', () => {
  it.each([
    ['depot/operateurs/OMCI/mars.xlsx', 'depot/operateurs/OMCI/mars.xlsx'],
    ['depot/operateurs/OMCI/relev%C3%A9+du+2.xlsx', 'depot/operateurs/OMCI/relevé du 2.xlsx'],
    ['depot/operateurs/OMCI/1%2B1.csv', 'depot/operateurs/OMCI/1+1.csv'],
    ['depot/operateurs/OMCI/100%25.csv', 'depot/operateurs/OMCI/100%.csv'],
    ['depot/operateurs/OMCI/100%2525.csv', 'depot/operateurs/OMCI/100%25.csv'],
    ['depot/operateurs/OMCI/%F0%9F%A7%BE.xlsx', 'depot/operateurs/OMCI/🧾.xlsx'],
    ['depot/operateurs/OMCI/a%26b%3Dc%23d.csv', 'depot/operateurs/OMCI/a&b=c#d.csv'],
    [`depot/operateurs/OMCI/${'%F0%9F%A7%BE'.repeat(250)}`, `depot/operateurs/OMCI/${'🧾'.repeat(250)}`],
    ['depot/operateurs/OMCI/', 'depot/operateurs/OMCI/'],
  ])('%s is the key %s', (written, key) => {
    expect(keysOf(written)).toEqual([key]);
  });

  it('names every object of a message with its version and size', () => {
    expect(dropMessage.parse({ Records: [created('depot/a'), created('depot/b', {})] })).toEqual([
      { key: 'depot/a', versionId: 'v1', bytes: 1 },
      { key: 'depot/b', versionId: undefined, bytes: 1 },
    ]);
  });

  it('may be of none', () => {
    expect(dropMessage.parse({ Records: [] })).toEqual([]);
  });

  it('may be the event of a notification that was just set up', () => {
    expect(dropMessage.parse({ Service: 'Amazon S3', Event: 's3:TestEvent', Time: '2026-03-08T06:00:00.000Z', Bucket: 'b', RequestId: 'r', HostId: 'h' })).toEqual([]);
  });

  it.each([['depot/100%.csv'], ['depot/%FF.csv'], ['depot/%E9.csv'], ['depot/%zz']])('with the key %s, which S3 never writes, is no message', (key) => {
    expect(dropMessage.safeParse({ Records: [created('depot/a'), created(key)] }).success).toBe(false);
  });

  it.each([[null], ['x'], [[]], [{}], [{ Records: [{}] }], [{ Event: 's3:ObjectCreated:Put' }]])('is not %j', (value) => {
    expect(dropMessage.safeParse(value).success).toBe(false);
  });
});

describe('our own messages', () => {
  it('name a tache', () => {
    expect(matchingMessage.parse({ tacheId: 7 })).toEqual({ tacheId: 7 });
    for (const value of [{}, { tacheId: 0 }, { tacheId: '7' }, { tacheId: 1.5 }, null]) expect(matchingMessage.safeParse(value).success).toBe(false);
  });

  it('name a ledger file, with its version where the bucket keeps any', () => {
    expect(ledgerMessage.parse({ key: 'depot/cinetpay/a.csv', versionId: 'v1' })).toEqual({ key: 'depot/cinetpay/a.csv', versionId: 'v1' });
    expect(ledgerMessage.parse({ key: 'depot/cinetpay/a.csv' })).toEqual({ key: 'depot/cinetpay/a.csv' });
    for (const value of [{}, { key: '' }, { versionId: 'v1' }]) expect(ledgerMessage.safeParse(value).success).toBe(false);
  });
});
