package com.techcourse.catalog.exchange;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML without document types and outside entities, to a depth. */
final class XmlReading {

    private static final int DEEPEST = 64;

    private XmlReading() {}

    static XMLStreamReader open(byte[] file) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is fetched");
        });
        return factory.createXMLStreamReader(new ByteArrayInputStream(file));
    }

    /** The next event; a document type is refused. */
    static int next(XMLStreamReader xml) throws XMLStreamException {
        int event = xml.next();
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new UnreadableFile("document types and entities are not taken");
        }
        return event;
    }

    /** The whole of a small file. */
    static XmlElement root(byte[] file) throws XMLStreamException {
        XMLStreamReader xml = open(file);
        StringBuilder comments = new StringBuilder();
        int event = next(xml);
        while (event != XMLStreamConstants.START_ELEMENT) {
            comments.append(event == XMLStreamConstants.COMMENT ? xml.getText() : "");
            event = next(xml);
        }
        XmlElement root = element(xml, 0);
        while (xml.hasNext()) {
            next(xml); // well-formed to its end
        }
        return new XmlElement(root.name(), root.attributes(), root.content(), comments + root.comments());
    }

    /** The element at whose start the reader stands, which then stands at its end. */
    static XmlElement element(XMLStreamReader xml, int depth) throws XMLStreamException {
        if (depth > DEEPEST) {
            throw new XMLStreamException("elements lie too deep", xml.getLocation());
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int n = 0; n < xml.getAttributeCount(); n++) {
            attributes.put(xml.getAttributeLocalName(n), xml.getAttributeValue(n));
        }
        String name = xml.getLocalName();
        List<Object> content = new ArrayList<>();
        StringBuilder comments = new StringBuilder();
        for (int event = next(xml); event != XMLStreamConstants.END_ELEMENT; event = next(xml)) {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> content.add(element(xml, depth + 1));
                case XMLStreamConstants.COMMENT -> comments.append(xml.getText());
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    content.add(xml.getText());
                default -> {}
            }
        }
        return new XmlElement(name, attributes, List.copyOf(content), comments.toString());
    }
}
