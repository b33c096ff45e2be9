import {noChange} from '/lib/lit-html/lit-html.js';
import {Directive, PartType, directive} from '/lib/lit-html/directive.js';

/**
 * `<div ${place({left: '5%'})}>`: sets single properties through the CSSOM. A style attribute, and lit's own styleMap,
 * which writes one at first, are refused by the page's content security policy.
 */
class Place extends Directive {
  placed = {};

  constructor(part) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('place() belongs on the element itself');
  }

  update(part, [geometry]) {
    for (const [property, value] of Object.entries(geometry)) {
      if (this.placed[property] === value) continue;
      this.placed[property] = value;
      part.element.style[property] = value;
    }
    return noChange;
  }

  render() {
    return noChange;
  }
}

export const place = directive(Place);
