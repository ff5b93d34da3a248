// The file `_headers`, for hosts that read one: Netlify, Cloudflare Pages and others. docs/hosting.md has
// the same for those that do not.

/** @param {string} folder that never changes @param {string} page whose policy is sent with it */
export function headersFor(folder, page) {
  const policy = page.match(/http-equiv="Content-Security-Policy" content="([^"]+)"/)?.[1];
  if (!policy) throw new Error("index.html no longer has a Content-Security-Policy");
  const named = (/** @type {string} */ name) => `/${name}\n  Cache-Control: no-cache\n${/js$/.test(name) ? "" : `  Content-Security-Policy: ${policy}\n`}\n`;
  return `# Frames on other sites may be sandboxed, or isolated: both may have our files.
/*
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer

${["", "index.html", "kernel.html", "embed.js", "worker.js"].map(named).join("")}/${folder}/*
  Cache-Control: public, max-age=31536000, immutable
  Cross-Origin-Embedder-Policy: require-corp

# To isolate the page from others in the same browser, which it does not need:
#/*
#  Cross-Origin-Opener-Policy: same-origin
#  Cross-Origin-Embedder-Policy: require-corp
`;
}
