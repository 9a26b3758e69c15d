// The pages of this folder as real projects: the tools of the lock file, the packed package, one build and one server for each.
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const work = path.resolve(here, "../../target/frameworks");
const lock = path.join(here, "package-lock.json");

export const FRAMEWORKS = ["plain", "react", "vue", "svelte"];

/** What a careful host sends. The two names are the frameworks' own policies of Trusted Types; React has and needs none. */
export const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src data:; " +
  "require-trusted-types-for 'script'; trusted-types vue svelte-trusted-html";

const npm = (...args) =>
  execFileSync(process.platform === "win32" ? "npm.cmd" : "npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: work,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });

/** Does the work only when its stamp is missing or of other files. */
const unlessDone = async (name, files, act) => {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  const stamp = path.join(work, "node_modules", name);
  const made = hash.digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === made) return;
  await act();
  writeFileSync(stamp, made);
};

/** What the page of a framework is made of: its own files, the tools and the package. */
const sources = (name, tarball) => {
  const own = readdirSync(path.join(here, name), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return [fileURLToPath(import.meta.url), lock, tarball, ...own.map((entry) => path.join(entry.parentPath ?? entry.path, entry.name)).sort()];
};

/** Installs the tools and the package, and puts the pages there. A warm run does none of it, and keeps what was built of the same files. */
export async function install(tarball) {
  mkdirSync(work, { recursive: true });
  for (const file of ["package.json", "package-lock.json", ".npmrc"]) cpSync(path.join(here, file), path.join(work, file));
  await unlessDone(".tools", [lock], () => npm("ci"));
  await unlessDone(".package", [lock, tarball], () => npm("install", "--no-save", "--prefer-offline", tarball));
  const { build } = await vite();
  for (const name of FRAMEWORKS) {
    await unlessDone(`.${name}`, sources(name, tarball), async () => {
      const root = path.join(work, name);
      rmSync(root, { recursive: true, force: true });
      cpSync(path.join(here, name), root, { recursive: true });
      await build({ root, logLevel: "error" });
    });
  }
}

/** The files of the installed package. */
export const packed = () => readdirSync(path.join(work, "node_modules/delineate"), { recursive: true }).map((file) => file.replaceAll(path.sep, "/"));

const tool = (file) => path.join(work, "node_modules", file);
const vite = () => import(pathToFileURL(tool("vite/dist/node/index.js")));

/** Serves what was built of a page; `files` are the paths that it may be asked for. */
export async function built(name) {
  const { preview } = await vite();
  const root = path.join(work, name);
  const out = path.join(root, "dist");
  const files = readdirSync(out, { recursive: true }).map((file) => file.replaceAll(path.sep, "/"));
  const server = await preview({ root, logLevel: "error", preview: { port: 0, headers: { "content-security-policy": policy } } });
  return { address: server.resolvedUrls.local[0], files, read: (file) => readFileSync(path.join(out, file)), stop: () => server.close() };
}

/** Serves a page as it is served while somebody works on it. */
export async function developed(name) {
  const { createServer } = await vite();
  const server = await createServer({ root: path.join(work, name), logLevel: "error", server: { port: 0 } });
  await server.listen();
  return { address: server.resolvedUrls.local[0], stop: () => server.close() };
}

/** Compiles the TypeScript of a page; resolves to what the compiler complains about. */
export const typecheck = (name) =>
  new Promise((resolve, reject) => {
    const compiler = [tool("typescript/bin/tsc"), "--project", path.join(work, name)];
    execFile(process.execPath, compiler, (error, output) => {
      if (error && typeof error.code !== "number") reject(error);
      else resolve(error ? output || `the compiler ended with ${error.code}` : "");
    });
  });
