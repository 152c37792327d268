package io.bowline.rpc.observe;

import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import org.jspecify.annotations.Nullable;

/** A series as a bean of JMX: its values are attributes that can be read. */
final class SeriesBean implements DynamicMBean {
    private final MemorySeries series;

    SeriesBean(MemorySeries series) {
        this.series = series;
    }

    @Override
    public Object getAttribute(String name) throws AttributeNotFoundException {
        Double value = series.read().numbers().get(name);
        if (value == null) {
            throw new AttributeNotFoundException(name);
        }
        return value;
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        Reading reading = series.read();
        AttributeList found = new AttributeList();
        for (String name : names) {
            Double value = reading.numbers().get(name);
            if (value != null) {
                found.add(new Attribute(name, value));
            }
        }
        return found;
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        Measure measure = series.measure();
        MBeanAttributeInfo[] attributes = series.read().numbers().keySet().stream()
                .map(name ->
                        new MBeanAttributeInfo(name, "double", name + ", in " + measure.unit(), true, false, false))
                .toArray(MBeanAttributeInfo[]::new);
        return new MBeanInfo(SeriesBean.class.getName(), measure.description(), attributes, null, null, null);
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName() + " can only be read");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object @Nullable [] arguments, String @Nullable [] signature) {
        throw new UnsupportedOperationException(action);
    }
}
