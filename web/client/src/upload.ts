export interface UploadOptions {
  signal?: AbortSignal;
  progress?: (bytes: number) => void;
}

/** As `fetch`, which cannot tell how far it is. */
export function sendBody(
  url: string,
  headers: Record<string, string>,
  body: Blob,
  { signal, progress }: UploadOptions & { progress: (bytes: number) => void },
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.onprogress = ({ loaded }) => progress(loaded);
    request.onload = () => resolve(new Response(request.response as string, { status: request.status }));
    request.onerror = () => reject(new Error('the connection broke'));
    request.onabort = () => reject(new Error('given up'));
    if (signal?.aborted) {
      reject(new Error('given up'));
      return;
    }
    signal?.addEventListener('abort', () => request.abort());
    request.send(body);
  });
}
