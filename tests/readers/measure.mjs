// What is wrong with a document as it is shown. Runs in the reader's page.

const SLACK = 1.5 // CSS pixels, for rounding

export function measure(doc, settings) {
    const faults = []
    const say = (kind, what) => faults.push({ kind, what: what.replace(/\s+/g, ' ').slice(0, 90) })
    const area = areaOf(doc, settings)
    const lines = [...texts(doc)].flatMap(node => boxes(node).map(box => ({ node, box })))
    const pictures = [...doc.body.querySelectorAll('img')]
    if (!lines.length && !pictures.some(picture => picture.getBoundingClientRect().width > 1))
        say('empty', 'nothing is shown')
    for (const { node, box } of lines)
        if (!area.holds(core(box)) && isSeen(node, area)) say('overflow', `${area.tell(box)}: ${node.data}`)
    for (const picture of pictures) checkPicture(picture, area, say)
    for (const table of doc.body.querySelectorAll('table'))
        if (![...table.getClientRects()].every(box => area.holds(narrow(box)))) say('overflow', `table ${table.textContent}`)
    for (const node of new Set(lines.map(line => line.node))) checkContrast(node, settings, say)
    for (const head of doc.querySelectorAll('.headline, .kicker, .deck, .section-title')) checkBreaks(head, say)
    const text = doc.querySelector('.body p')
    const size = text ? parseFloat(doc.defaultView.getComputedStyle(text).fontSize) : null
    const shown = [...new Set(lines.map(line => line.node))].map(node => node.data.trim().length)
    return { faults, size, characters: shown.reduce((sum, length) => sum + length, 0) }
}

function* texts(doc) {
    const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
        if (node.data.trim() && isShown(node.parentElement)) yield node
}

const isShown = element => element.checkVisibility?.() !== false && !element.closest('rp, [hidden]')

function boxes(node, from = 0, to = node.length) {
    const range = node.ownerDocument.createRange()
    range.setStart(node, from)
    range.setEnd(node, to)
    return [...range.getClientRects()].filter(box => box.width > 0 && box.height > 0)
}

// A blank at a line's end may hang over the edge: nobody sees it.
const isSeen = (node, area) => [...node.data].some((character, at) =>
    /\S/.test(character) && boxes(node, at, at + 1).some(box => !area.holds(core(box))))

// A line's box may be higher than the line; what is drawn is not.
const core = ({ left, right, top, bottom }) =>
    ({ left, right, top: top + (bottom - top) * 0.15, bottom: bottom - (bottom - top) * 0.15 })

// A table may go on over several pages, but each piece of it is within its page's width.
const narrow = ({ left, right, top, bottom }) => ({ left, right, top, bottom: Math.min(bottom, top + 1) })

// --- Where text and pictures may stand ---

// Chromium lays out in sixty-fourths of a pixel: a hundred columns on, that is a pixel and more.
const inUnits = length => Math.floor(length * 64) / 64

function areaOf(doc, settings) {
    const view = doc.defaultView
    const flows = [doc.documentElement, doc.body].find(e => view.getComputedStyle(e).columnWidth !== 'auto')
    if (settings.flow === 'scroll' || !flows) {
        const width = doc.documentElement.clientWidth
        return {
            holds: box => box.left >= -SLACK && box.right <= width + SLACK,
            tell: box => `${Math.round(box.left)}–${Math.round(box.right)} of ${width}`,
            width, height: Infinity,
        }
    }
    const style = view.getComputedStyle(flows)
    const frame = flows.getBoundingClientRect()
    const [left, right, top, bottom, gap, wanted] = ['paddingLeft', 'paddingRight', 'paddingTop',
        'paddingBottom', 'columnGap', 'columnWidth'].map(name => inUnits(parseFloat(style[name]) || 0))
    const room = frame.width - left - right
    const count = Math.max(1, Math.floor((room + gap) / (wanted + gap)))
    const width = inUnits((room + gap) / count) - gap
    const start = frame.left + left, head = frame.top + top, foot = frame.bottom - bottom
    const inColumn = x => (((x - start) % (width + gap)) + width + gap) % (width + gap)
    return {
        holds(box) {
            let from = inColumn(box.left)
            if (from > width + gap - SLACK) from -= width + gap
            return from + (box.right - box.left) <= width + SLACK
                && box.top >= head - SLACK && box.bottom <= foot + SLACK
        },
        tell: box => `${Math.round(inColumn(box.left))}+${Math.round(box.right - box.left)} of ${Math.round(width)}, `
            + `${Math.round(box.top)}–${Math.round(box.bottom)} of ${Math.round(foot)}`,
        width, height: foot - head,
    }
}

function checkPicture(picture, area, say) {
    const box = picture.getBoundingClientRect()
    const name = picture.getAttribute('alt') || picture.getAttribute('src')
    if (!picture.complete || !picture.naturalWidth) return say('picture', `not there: ${name}`)
    if (!area.holds(box)) say('picture', `cut, ${area.tell(box)}: ${name}`)
    if (box.width < 8) say('picture', `${Math.round(box.width)} pixels wide: ${name}`)
    const shape = (box.width / box.height) / (picture.naturalWidth / picture.naturalHeight)
    const fit = picture.ownerDocument.defaultView.getComputedStyle(picture).objectFit
    if (fit === 'fill' && Math.abs(shape - 1) > 0.03) say('picture', `out of shape, ${shape.toFixed(2)}: ${name}`)
}

// --- Colours (WCAG 2.2, 1.4.3) ---

function checkContrast(node, settings, say) {
    const element = node.parentElement
    const view = element.ownerDocument.defaultView
    const style = view.getComputedStyle(element)
    let ground = colour(settings.ground)
    let opacity = 1
    const above = []
    for (let e = element; e; e = e.parentElement) above.unshift(view.getComputedStyle(e))
    for (const each of above.slice(2)) ground = over(colour(each.backgroundColor), ground)
    for (const each of above) opacity *= parseFloat(each.opacity)
    const ink = colour(style.color)
    ink[3] *= opacity
    const size = parseFloat(style.fontSize), bold = parseInt(style.fontWeight) >= 700
    const wanted = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5
    const found = contrast(over(ink, ground), ground)
    if (found < wanted - 0.01) say('contrast', `${found.toFixed(1)} of ${wanted}: ${node.data}`)
}

function colour(text) {
    const canvas = colour.canvas ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = text
    canvas.fillRect(0, 0, 1, 1)
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data
    return [r, g, b, a / 255]
}

const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1)

function luminance(rgb) {
    const [r, g, b] = rgb.slice(0, 3).map(value => value / 255)
        .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
    return (light + 0.05) / (dark + 0.05)
}

// --- Headlines: lines end where the sense allows, or where a piece is wider than the line ---

function checkBreaks(head, say) {
    const pieces = [[]]
    const walker = head.ownerDocument.createTreeWalker(head, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (['wbr', 'br'].includes(node.localName)) pieces.push([])
        else if (node.nodeType === Node.TEXT_NODE)
            for (let at = 0; at < node.length; at++) {
                const [box] = boxes(node, at, at + 1)
                if (!box) continue
                if (/\s/.test(node.data[at])) pieces.push([])
                else pieces.at(-1).push({ character: node.data[at], box })
            }
    }
    const room = head.getBoundingClientRect()
    const columns = head.getClientRects()
    const width = columns.length ? Math.max(...[...columns].map(box => box.width)) : room.width
    for (const piece of pieces) {
        const wide = piece.reduce((sum, { box }) => sum + box.width, 0)
        const apart = piece.findIndex(({ box }, i) => i && Math.abs(middle(box) - middle(piece[i - 1].box)) > box.height * 0.6)
        if (apart > 0 && wide <= width - SLACK) {
            const text = piece.map(({ character }) => character)
            say('headline', `${text.slice(0, apart).join('')}|${text.slice(apart).join('')} fits the line`)
        }
    }
}

const middle = box => (box.top + box.bottom) / 2
