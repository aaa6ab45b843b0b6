package shop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

public class Shop<T extends Comparable<T>> {
    public static final int LIMIT = 100;

    private final Map<String, Item> items = new HashMap<>();

    public enum State {
        OPEN,
        CLOSED
    }

    public record Item(String name, long price) {
        public Item {
            if (price < 0) {
                throw new IllegalArgumentException(name);
            }
        }
    }

    public static class SoldOutException extends Exception {
        public SoldOutException(String name) {
            super(name);
        }
    }

    public interface Seller {
        Item take(String name) throws SoldOutException;
    }

    public Shop() {
    }

    public Item take(String name) throws SoldOutException {
        Item item = items.remove(name);
        if (item == null) {
            throw new SoldOutException(name);
        }
        return item;
    }

    @SafeVarargs
    public final <U> List<U> map(Function<? super T, U> f, T... all) {
        return List.of(all).stream().map(f).toList();
    }

    public void add(Item item) {
        items.put(item.name(), item);
    }

    @Override
    public String toString() {
        return items.toString();
    }
}
