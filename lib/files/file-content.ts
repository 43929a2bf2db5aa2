/** The bytes of a file: in memory (an API body) or on disk (a spooled object, a command line argument). */
export type FileContent = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'path'; readonly path: string };
