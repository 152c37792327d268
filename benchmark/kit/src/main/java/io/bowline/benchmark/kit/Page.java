package io.bowline.benchmark.kit;

import java.io.Serializable;
import java.util.List;

/** One page of a longer list. */
// a List of what is serializable; the setters fill what begins as null
@SuppressWarnings({"serial", "NullAway.Init"})
public class Page<T> implements Serializable {
    private static final long serialVersionUID = 1;

    private int number;
    private int total;
    private List<T> result;

    public int getNumber() {
        return number;
    }

    public void setNumber(int number) {
        this.number = number;
    }

    public int getTotal() {
        return total;
    }

    public void setTotal(int total) {
        this.total = total;
    }

    public List<T> getResult() {
        return result;
    }

    public void setResult(List<T> result) {
        this.result = result;
    }
}
