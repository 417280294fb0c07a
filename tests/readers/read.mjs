// Opens an EPUB in the engines of reading systems, in Chromium, and measures what they show.
//
// A list of jobs comes as JSON on standard input, one line of JSON a job goes to standard output.
// A job: {epub, engine, flow, width, height, ink, ground, size, fonts, links, pictures}.

import { createServer } from 'node:http'
import { createReadStream, existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, extname, join, normalize } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import puppeteer from 'puppeteer-core'

const HERE = dirname(fileURLToPath(import.meta.url))
const KINDS = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.epub': 'application/epub+zip' }
const PATIENCE = 20_000 // milliseconds for one document

let book
const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname))
    const file = path === '/book.epub' ? book
        : path.startsWith('/node_modules/') ? join(HERE, '..', path) : join(HERE, path)
    if (!existsSync(file)) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': KINDS[extname(file)] ?? 'application/octet-stream' })
    createReadStream(file).pipe(response)
})

function within(what, promise) {
    let timer
    const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`${what}: no answer`)), PATIENCE) })
    return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

async function read(browser, origin, job) {
    book = job.epub
    const page = await browser.newPage()
    const faults = []
    const complain = what => faults.push({ document: '', kind: 'error', what: String(what).slice(0, 200) })
    page.on('pageerror', error => complain(error.message))
    try {
        await page.setViewport({ width: job.width, height: job.height })
        await page.goto(`${origin}/${job.engine}.html`)
        await within('engine', page.waitForFunction('window.ready'))
        const names = await within('book', page.evaluate(settings => reader.open(settings), job))
        const documents = []
        for (const [index, name] of names.entries()) {
            const found = await within(name, page.evaluate(show, index, job))
            documents.push({ name, size: found.size, characters: found.characters })
            faults.push(...found.faults.map(fault => ({ document: name, ...fault })))
            if (job.fonts) faults.push(...(await foreign(page)).map(what => ({ document: name, kind: 'font', what })))
            const picture = job.pictures?.find(({ document }) => name.endsWith(document))
            if (picture) await page.screenshot({ path: picture.file })
        }
        if (job.links) faults.push(...await within('links', page.evaluate(follow, names)))
        return { documents, faults }
    } catch (error) {
        complain(error.message)
        return { documents: [], faults }
    } finally {
        await page.close()
    }
}

// --- In the page ---

async function show(index, settings) {
    const { measure } = await import('/measure.mjs')
    const { doc, index: arrived } = await reader.show(index)
    await Promise.all([...doc.images].map(image => image.decode().catch(() => null)))
    const frame = () => new Promise(resolve => requestAnimationFrame(resolve))
    await frame(); await frame()
    const found = measure(doc, settings)
    if (arrived !== index) found.faults.push({ kind: 'empty', what: `document ${arrived} is shown instead` })
    return found
}

async function follow(names) {
    const faults = []
    const base = 'epub://book/'
    for (const [index, name] of names.entries()) {
        const { doc } = await reader.show(index)
        const hrefs = [...doc.querySelectorAll('a[href]')].map(link => link.getAttribute('href'))
        for (const [place, href] of hrefs.entries()) {
            if (/^[a-z]+:/.test(href)) continue
            const say = what => faults.push({ document: name, kind: 'link', what: `${href}: ${what}` })
            const target = new URL(href, base + name)
            const wanted = names.indexOf(target.href.slice(base.length).split('#')[0])
            if (wanted < 0) { say('leads out of the book'); continue }
            const { doc: now } = await reader.show(index)
            const link = [...now.querySelectorAll('a[href]')][place]
            await reader.follow(link)
            const here = reader.here()
            if (here.index !== wanted) { say(`leads to ${names[here.index]}`); continue }
            if (!target.hash) continue
            const element = here.doc.getElementById(target.hash.slice(1))
            if (!element) say('has no target')
            else if (!here.holds(element)) say('its target is not in view')
        }
    }
    return faults
}

// Fonts that are not the book's own, with the text they set (CDP knows what was really drawn).
async function foreign(page) {
    const session = await page.createCDPSession()
    try {
        await session.send('DOM.enable')
        await session.send('CSS.enable')
        const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true })
        const found = []
        for (const node of withText(framed(root))) {
            const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId: node.nodeId })
            for (const font of fonts)
                if (!font.isCustomFont) found.push(`${font.familyName} sets ${font.glyphCount} of “${textOf(node)}”`)
        }
        return found
    } finally {
        await session.detach()
    }
}

function framed(node) {
    if (node.contentDocument) return node.contentDocument
    for (const child of [...(node.children ?? []), ...(node.shadowRoots ?? [])]) {
        const found = framed(child)
        if (found) return found
    }
}

function* withText(node) {
    if (['HEAD', 'head', 'rp'].includes(node.nodeName)) return
    if (node.children?.some(child => child.nodeType === 3 && child.nodeValue.trim())) yield node
    for (const child of node.children ?? []) yield* withText(child)
}

const textOf = node => node.children.filter(child => child.nodeType === 3).map(child => child.nodeValue.trim()).join(' ').slice(0, 30)

// --- All jobs ---

const jobs = JSON.parse(await text(process.stdin))
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
const profile = await mkdtemp(join(tmpdir(), 'readers-'))
const browser = await puppeteer.launch({
    executablePath: process.env.PUPPETEER_EXECUTABLE_PATH ?? '/usr/bin/chromium',
    headless: true,
    userDataDir: profile,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'],
})
try {
    const origin = `http://127.0.0.1:${server.address().port}`
    for (const job of jobs) console.log(JSON.stringify(await read(browser, origin, job)))
} finally {
    await browser.close()
    server.close()
    await rm(profile, { recursive: true, force: true })
}
