def unknown(words, dictionary):
    """The words that the dictionary lacks, in their order."""
    known = list(dictionary)
    result = []
    for word in words:
        if word.lower() not in known:
            result.append(word)
    return result
