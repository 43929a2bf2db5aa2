import { pipeline } from 'node:stream/promises';
import { type FormUpload, receiveForm } from './form-upload.ts';
import { LARGEST_PUT_BYTES, meter } from './incoming-body.ts';
import { attributesOf, checkedTags } from './object-attributes.ts';
import { checkPolicy, type PostPolicy } from './post-policy.ts';
import { type S3Answer, xmlAnswer } from './s3-answer.ts';
import type { S3Context } from './s3-context.ts';
import { invalidArgument, notImplemented, S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';
import { storeObject, versionHeader } from './store-object.ts';
import type { Bucket, NewObject, ObjectVersion, Tag } from './stored-object.ts';
import { childText, readXml } from './xml-reader.ts';
import { element } from './xml-writer.ts';

const KNOWN_FIELDS = new Set([
  ...['key', 'policy', 'bucket', 'acl', 'tagging', 'success_action_status', 'success_action_redirect', 'redirect', 'submit'],
  ...['x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-signature', 'x-amz-security-token', 'awsaccesskeyid', 'signature'],
  ...['content-type', 'cache-control', 'content-disposition', 'content-encoding', 'content-language', 'expires', 'x-amz-storage-class', 'x-amz-server-side-encryption'],
]);

/** A browser's upload with a signed policy. A form without one is a stranger's, and the buckets are private. */
export async function postObject(context: S3Context, request: S3Request, bucket: Bucket): Promise<S3Answer> {
  const { object, fields } = await receiveForm(request.body, {
    take: async (form) => ({ object: await receiveFile(context, bucket, form), fields: form.fields }),
    undo: (received) => context.bytes.remove([received.object.bytesId]),
  });
  const version = await storeObject(context, bucket, { object, eventName: 'ObjectCreated:Post' });
  return postAnswer(context, bucket, version, fields);
}

async function receiveFile({ bytes }: S3Context, bucket: Bucket, form: FormUpload): Promise<NewObject> {
  const key = keyOf(form);
  const fields = new Map([...form.fields, ['key', key] as const]);
  const { size: range } = policyOf(fields, bucket);
  refuseUnknown(fields);
  const attributes = { ...attributesOf(fields), tags: tagsOf(fields.get('tagging')) };
  const { bytesId, result } = await bytes.write(async (file) => {
    const measuring = meter(undefined, range?.most ?? LARGEST_PUT_BYTES);
    await pipeline(form.file, measuring, file);
    const measured = measuring.measured();
    if (range !== undefined && measured.size < range.least) {
      throw new S3Error(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
        ProposedSize: String(measured.size),
        MinSizeAllowed: String(range.least),
      });
    }
    return measured;
  });
  return { key, bytesId, size: result.size, eTag: result.md5.toString('hex'), attributes };
}

function keyOf({ fields, fileName }: FormUpload): string {
  const template = fields.get('key');
  if (template === undefined || template === '')
    throw invalidArgument("Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.", 'key', '');
  // Some browsers send the whole path: S3 keeps what is behind the last slash of either kind.
  const key = template.replace(/\$\{filename\}/g, () => fileName.replace(/^.*[/\\]/s, ''));
  if (Buffer.byteLength(key) > 1_024) throw new S3Error(400, 'KeyTooLongError', 'Your key is too long', { Size: String(Buffer.byteLength(key)), MaxSizeAllowed: '1024' });
  return key;
}

function policyOf(fields: ReadonlyMap<string, string>, bucket: Bucket): PostPolicy {
  const policy = fields.get('policy');
  if (policy === undefined) throw new S3Error(403, 'AccessDenied', 'Access Denied');
  const version4 = ['x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-signature'];
  if (!fields.has('signature')) {
    for (const name of version4) {
      if (!fields.get(name)) throw invalidArgument(`Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`, name, '');
    }
  }
  return checkPolicy(policy, fields, bucket.name, new Date());
}

function refuseUnknown(fields: ReadonlyMap<string, string>): void {
  const unknown = [...fields.keys()].find((name) => !KNOWN_FIELDS.has(name) && !name.startsWith('x-amz-meta-') && !name.startsWith('x-ignore-'));
  if (unknown?.startsWith('x-amz-')) throw notImplemented(`the form field ${unknown}`);
}

/** `<Tagging><TagSet><Tag><Key/><Value/></Tag>…` */
function tagsOf(xml: string | undefined): readonly Tag[] {
  if (xml === undefined || xml === '') return [];
  const set = readXml(xml).children.find((child) => child.name === 'TagSet');
  return checkedTags((set?.children ?? []).map((tag) => ({ key: childText(tag, 'Key') ?? '', value: childText(tag, 'Value') ?? '' })));
}

function postAnswer(context: S3Context, bucket: Bucket, version: ObjectVersion, fields: ReadonlyMap<string, string>): S3Answer {
  const eTag = `"${version.eTag}"`;
  const location = `${context.url}/${bucket.name}/${encodeURIComponent(version.key)}`;
  const headers = { etag: eTag, location, 'x-amz-server-side-encryption': 'AES256', ...versionHeader(bucket, version.versionId) };
  const redirect = redirectTo(fields.get('success_action_redirect') ?? fields.get('redirect'), { bucket: bucket.name, key: version.key, etag: eTag });
  if (redirect !== undefined) return { status: 303, headers: { ...headers, location: redirect } };
  switch (fields.get('success_action_status')) {
    case '201': {
      const response = element('PostResponse', [element('Location', location), element('Bucket', bucket.name), element('Key', version.key), element('ETag', eTag)]);
      return { ...xmlAnswer(response, headers), status: 201 };
    }
    case '200':
      return { status: 200, headers };
    default:
      return { status: 204, headers };
  }
}

/** A redirect that is no URL is passed over, as S3 does. */
function redirectTo(target: string | undefined, stored: Readonly<Record<string, string>>): string | undefined {
  if (target === undefined || !URL.canParse(target)) return undefined;
  const url = new URL(target);
  for (const [name, value] of Object.entries(stored)) url.searchParams.set(name, value);
  return url.href;
}
