# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""Lists of the nodes of a plan in which none stands before what drives it, by keys: plain Python that also runs compiled."""

from kaname.engine.calendar.kernels import Ints
from kaname.engine.network.arrays import Links


def list_by_keys(before: Links, after: Links, keys: Ints, waiting: Ints, heap: Ints, order: Ints) -> int:
    """Write a list of all nodes, none before what drives it, into `order`; always the one with the least key comes next.

    Of equal keys the first position.  Returns the length of the list.  `waiting` and `heap` are room for one number a node;
    O(nodes log nodes + links).
    """
    size = 0
    end = 0
    for node in range(len(waiting)):
        waiting[node] = before.first[node + 1] - before.first[node]
        if waiting[node] == 0:
            size = push(heap, size, keys, node)
    while size > 0:
        node = heap[0]
        size = pop(heap, size, keys)
        order[end] = node
        end += 1
        for link in range(after.first[node], after.first[node + 1]):
            other = after.other[link]
            waiting[other] -= 1
            if waiting[other] == 0:
                size = push(heap, size, keys, other)
    return end


def push(heap: Ints, size: int, keys: Ints, node: int) -> int:
    """Put a node into a heap by key and position; return the new size."""
    place = size
    while place > 0:
        parent = (place - 1) >> 1
        other = heap[parent]
        if keys[other] < keys[node] or (keys[other] == keys[node] and other < node):
            break
        heap[place] = other
        place = parent
    heap[place] = node
    return size + 1


def pop(heap: Ints, size: int, keys: Ints) -> int:
    """Take the least node out of a heap; return the new size."""
    size -= 1
    node = heap[size]
    place = 0
    child = 1
    while child < size:
        right = child + 1
        if right < size:
            one = heap[child]
            other = heap[right]
            if keys[other] < keys[one] or (keys[other] == keys[one] and other < one):
                child = right
        other = heap[child]
        if keys[node] < keys[other] or (keys[node] == keys[other] and node < other):
            break
        heap[place] = other
        place = child
        child = 2 * place + 1
    heap[place] = node
    return size
